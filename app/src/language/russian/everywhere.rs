//! Commands and filters, in Russian.

use super::plural;
use crate::language::texts::everywhere::{Commands, Looking};

pub const COMMANDS: Commands = Commands {
    title: "Поиск и команды",
    search: "Поиск",
    placeholder: "Клиенты, люди, сделки, команды",
    screen: "Экран",
    action: "Действие",
    account: "Клиент",
    person_at: "Контакт: {0}",
    deal_of: "Сделка: {0}",
    found: plural("Найдено: {0}", "Найдено: {0}", "Найдено: {0}"),
    which_account: "Для какого клиента?",
    shortcuts: "Клавиши",
    single_keys: "Одиночные клавиши действуют (иначе только с Ctrl)",
    covers: plural(
        "{0} клиент на этом планшете",
        "{0} клиента на этом планшете",
        "{0} клиентов на этом планшете",
    ),
    print: "Напечатать этот экран",
};

pub const FILTER: Looking = Looking {
    not_come: "На этот планшет ещё ничего не пришло",
    not_come_hint: "Один раз нужна связь; потом всё будет здесь и без неё.",
    no_deals: "Ни одна сделка не подходит под поиск и отбор.",
    period: "Ожидаемое закрытие",
    any_time: "Закрытие: любое",
    periods: [
        "Закрытие в этом месяце",
        "Закрытие в следующем месяце",
        "Закрытие в этом квартале",
        "Закрытие в следующем квартале",
        "Закрытие в этом году",
    ],
};
