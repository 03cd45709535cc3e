//! The catalogue in Russian.

pub mod bringing;
pub mod centre;
mod everywhere;
pub mod records;
pub mod settings;

use crate::language::texts::{
    Form, Line, Plural, Reasons, Refusals, Shell, SignIn, State, Texts, Trouble, Words,
};

const fn plural(one: &'static str, few: &'static str, many: &'static str) -> Plural {
    Plural { one, few, many }
}

fn form(count: u64) -> Form {
    match (count % 10, count % 100) {
        (1, last) if last != 11 => Form::One,
        (2..=4, last) if !(12..=14).contains(&last) => Form::Few,
        _ => Form::Many,
    }
}

pub static TEXTS: Texts = Texts {
    form,
    words: Words {
        save: "Сохранить",
        cancel: "Отмена",
        close: "Закрыть",
        remove: "Убрать",
        edit: "Изменить",
        copy: "Скопировать",
        copied: "Скопировано",
        nobody: "Никто",
        not_set: "Не указано",
        someone: "Кто-то",
        has_left: "{0} (не работает)",
        loading: "Загрузка",
        just_now: "только что",
    },
    shell: Shell {
        due: plural("{0} дело на сегодня", "{0} дела на сегодня", "{0} дел на сегодня"),
        bring_in: "Загрузка и выгрузка",
        workspace_settings: "Настройки",
        export: "Выгрузить",
        set_up: "Настроить рабочее пространство",
        skip: "К содержанию",
        navigation: "Главное меню",
        today: "Сегодня",
        accounts: "Клиенты",
        deals: "Сделки",
        dashboard: "Показатели",
        sync_centre: "Обмен",
        settings: "Настройки",
        language: "Язык",
        theme: "Оформление",
        theme_system: "Как на устройстве",
        theme_light: "Светлое",
        theme_dark: "Тёмное",
        signed_in_as: "Вы вошли как {0}",
        sign_out: "Выйти",
        update_ready: "Готова новая версия",
        not_saved: "Часть правок не сохранена на планшете. Прежде чем уйти, сохраните неотправленное в файл.",
        cleared: plural(
            "Браузер очистил хранилище этого планшета. {0} правка не была получена сервером, и здесь её больше нет.",
            "Браузер очистил хранилище этого планшета. {0} правки не были получены сервером, и здесь их больше нет.",
            "Браузер очистил хранилище этого планшета. {0} правок не были получены сервером, и здесь их больше нет.",
        ),
        cleared_unsent_none: "Браузер очистил хранилище этого планшета. Всё уже было получено сервером и придёт оттуда снова.",
        cleared_known: "Понятно",
        no_such_page: "Такой страницы нет",
        to_accounts: "К списку клиентов",
        part_missing: "Этого экрана ещё нет на планшете",
        part_missing_hint: "Он загрузится, как только появится связь. Введённое не пострадало.",
        try_again: "Повторить",
    },
    line: Line {
        all_received: "Всё принято",
        on_this_tablet: plural(
            "{0} на этом планшете",
            "{0} на этом планшете",
            "{0} на этом планшете",
        ),
        offline: "Нет связи",
        other_version: "У сервера другая версия: перезагрузите страницу, чтобы обновиться",
        connecting: "Соединение",
        catching_up: "Получаем новое",
        since: "с {0}",
    },
    state: State {
        saving: "Сохраняется",
        on_this_tablet: "На этом планшете",
        received: "Принято",
        waiting: "Ожидает",
        refused: "Отклонено",
        not_saved: "Не сохранено",
    },
    reason: Reasons {
        malformed: "сервер не смог это прочитать",
        too_large: "изменение больше допустимого",
        missing_dependency: "на сервере нет более раннего изменения, на котором оно основано",
        dependency_refused: "более раннее изменение, на котором оно основано, отклонено",
        actor_mismatch: "оно пришло от имени другого человека",
        not_permitted: "у вас нет на это права",
        poison: "после него запись нельзя было бы прочитать",
        rule_broken: "оно нарушает правило этого рабочего пространства",
        newer_schema: "сервер старее этого приложения",
        rate: "слишком много изменений сразу; оно будет предложено снова",
        not_stored: "сервер не смог это записать; оно будет предложено снова",
        unreadable: "сервер не может прочитать эту запись; изменение остаётся здесь и будет предложено снова",
    },
    refusal: Refusals {
        empty: "Сначала напишите что-нибудь.",
        too_long: "Не больше {0} знаков.",
        not_one_line: "Здесь нужна одна строка.",
        no_such_account: "Такого клиента ещё нет.",
        already_open: "Этот клиент уже заведён.",
        no_such_contact: "Этого человека больше нет.",
        no_such_deal: "Этой сделки больше нет.",
        no_such_task: "Этой задачи больше нет.",
        taken_id: "Это уже добавлено.",
        reason_needed: "Укажите, почему сделка проиграна.",
        no_such_person: "Такого сотрудника нет.",
        no_such_place: "Этого места в тексте больше нет.",
        no_such_stage: "Такого этапа нет.",
        wrong_document: "Это изменение относится к записи другого вида.",
        malformed_document: "Запись не читается, поэтому изменить её нельзя.",
        no_such_setting: "Такой настройки нет.",
        no_such_pipeline: "Такой воронки нет.",
        stage_of_other_pipeline: "Этап остаётся в воронке, для которой создан.",
        only_stage_of_category: "В воронке не останется этапа этого вида. Сначала добавьте другой.",
        out_of_range: "Введите целое число от {0} до {1}.",
        own_rate: "У валюты нет курса к самой себе.",
        no_such_time_zone: "Такого часового пояса нет. Выберите, например, Europe/Moscow.",
        hours_overlap: "Часы должны лежать в пределах одного дня и идти друг за другом.",
        below_nothing: "Цена и себестоимость не бывают меньше нуля.",
        not_here: "Этого клиента нет на планшете. Сначала загрузите его.",
        read_only: "Хранилище отказало, вводить больше ничего нельзя. Перезагрузите страницу.",
        amount: "Напишите сумму, например 1200.50.",
        currency: "Валюта — три латинские буквы, например RUB.",
    },
    trouble: Trouble {
        full: "диск заполнен",
        lost: "браузер закрыл базу данных",
        cleared: "браузер очистил своё хранилище",
        corrupt: "сохранённое не читается",
        unavailable: "этот браузер не даёт здесь хранилища",
        save_unsent: "Сохранить неотправленное в файл",
    },
    sign_in: SignIn {
        title: "Вход",
        name: "Имя",
        password: "Пароль",
        sign_in: "Войти",
        demo_people: "Или войдите как один из демонстрационных сотрудников",
        session_ended: "Войдите снова, чтобы отправить то, что на этом планшете. Ничего не потеряется.",
        wrong: "Имя и пароль не подходят друг к другу.",
        no_line: "Сервер не отвечает. Попробуйте, когда появится связь.",
        insecure: "Чтобы хранить работу запечатанной, нужен защищённый адрес (https).",
        too_many: "Слишком много попыток. Подождите минуту.",
        opening: "Открываем вашу книгу",
        storage_failed: "В этом браузере больше ничего нельзя сохранить: {0}.",
        reload: "Перезагрузить",
    },
    commands: everywhere::COMMANDS,
    filter: everywhere::FILTER,
    views: everywhere::VIEWS,
    accounts: records::ACCOUNTS,
};

#[cfg(test)]
mod tests {
    use super::{Form, form};

    #[test]
    fn eleven_to_fourteen_are_many() {
        let forms: Vec<_> = [1, 2, 5, 11, 12, 14, 21, 22, 100, 101].map(form).into();
        use Form::{Few, Many, One};
        assert_eq!(forms, [One, Few, Many, Many, Many, Many, One, Few, Many, One]);
    }
}
