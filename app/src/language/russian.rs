//! The catalogue in Russian.

mod everywhere;
mod records;
mod settings;

use crate::language::texts::{
    Centre, Conflicts, Form, Line, Plural, Reasons, Refusals, Shell, SignIn, State, Texts, Words,
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
        loading: "Загрузка",
        just_now: "только что",
    },
    shell: Shell {
        skip: "К содержанию",
        navigation: "Главное меню",
        accounts: "Клиенты",
        deals: "Сделки",
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
    accounts: records::ACCOUNTS,
    account: records::ACCOUNT,
    people: records::PEOPLE,
    timeline: records::TIMELINE,
    deals: records::DEALS,
    tasks: records::TASKS,
    conflicts: Conflicts {
        title: "Двое указали это одновременно",
        hint: "Ничего не потеряно. Выберите, какое значение верно.",
        shown: "сейчас показано",
        keep: "Оставить это",
        by_at: "{0}, {1}",
        stage: "Стадия",
        owner: "Ответственный",
        consent: "Рассылка по почте: {0}",
        deal_stage: "{0}: этап",
        deal_amount: "{0}: сумма",
        deal_close: "{0}: ожидаемое закрытие",
        deal_owner: "{0}: ответственный",
    },
    centre: Centre {
        title: "Обмен",
        unsent: "На этом планшете, ещё не принято",
        nothing_unsent: "Всё, что вы ввели, принято.",
        oldest: "самое раннее: {0}",
        refused: "Отклонено",
        refused_hint: "Эти изменения не приняты. Скопируйте нужное, введите иначе и отпустите их.",
        discard: "Отпустить",
        discard_sure: "Отпустить навсегда",
        conflicts: "Ждут выбора",
        no_conflicts: "Разногласий нет.",
        storage: "Хранилище на планшете",
        persisted: "Сохранность",
        persisted_yes: "браузер сам ничего не удалит",
        persisted_no: "браузер не обещает; установите приложение",
        usage: "Занято места",
        usage_of: "{0} из {1}",
        rows: "Клиентов в списке",
        documents: "Полных записей здесь",
        health: "Состояние",
        healthy: "читается и пишется",
        unreadable_edits: plural(
            "{0} неотправленная правка на планшете не читается; она оставлена как есть.",
            "{0} неотправленные правки на планшете не читаются; они оставлены как есть.",
            "{0} неотправленных правок на планшете не читаются; они оставлены как есть.",
        ),
        read_only: "только чтение: {0}",
        trouble_full: "диск заполнен",
        trouble_lost: "браузер закрыл базу данных",
        trouble_corrupt: "сохранённое не читается",
        trouble_unavailable: "этот браузер не даёт здесь хранилища",
        export: "Сохранить неотправленное в файл",
        export_hint: "Файл можно загрузить на другом планшете или снова здесь.",
        import: "Загрузить такой файл",
        imported: plural(
            "загружено {0} изменение",
            "загружено {0} изменения",
            "загружено {0} изменений",
        ),
        imported_nothing: "Всё из этого файла здесь уже есть.",
        import_left: plural(
            "{0} правку не удалось повторить здесь; сохраните файл и загрузите его снова, когда будет связь.",
            "{0} правки не удалось повторить здесь; сохраните файл и загрузите его снова, когда будет связь.",
            "{0} правок не удалось повторить здесь; сохраните файл и загрузите его снова, когда будет связь.",
        ),
        import_not_stored: "Файл не загружен: планшет не смог его сохранить.",
        import_failed: "В этом файле нет неотправленной работы этого пространства.",
        import_other: "Этот файл другого пространства или другого человека.",
        import_newer: "Этот файл из более новой версии приложения.",
        open_account: "Открыть клиента",
        and_more: "и ещё {0}",
    },
    edits: records::EDITS,
    settings: settings::SETTINGS,
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
