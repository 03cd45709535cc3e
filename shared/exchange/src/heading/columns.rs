//! Every known column of every kind of file, by our name and theirs.

use crate::kind::Kind;

/// What becomes of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The file means nothing without it.
    Needed,
    Taken,
    /// Taken, but not in every detail.
    InPart,
    /// Known, but no feature has a place for it yet.
    NoPlace,
}

/// A known column.
pub struct Column {
    pub name: &'static str,
    /// What HubSpot and Salesforce call it, and what it is called in Russian and Chinese files.
    pub others: &'static [&'static str],
    pub keeping: Keeping,
}

impl Column {
    /// Says whether a heading means this column.
    pub fn is_headed(&self, heading: &str) -> bool {
        let heading = heading.trim();
        is_alike(self.name, heading) || self.others.iter().any(|other| is_alike(other, heading))
    }

    /// Returns every heading the column is known by.
    pub fn describe(&self) -> String {
        [&[self.name], self.others].concat().join(" / ")
    }
}

/// Says whether two headings are the same but for case. Mostly the first letter tells that they are
/// not, and every heading of a file is held against every name there is.
fn is_alike(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

const fn needed(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::Needed }
}

const fn taken(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::Taken }
}

const fn no_place(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::NoPlace }
}

const fn in_part(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::InPart }
}

/// Returns every known column of a kind of file.
pub fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Accounts => ACCOUNTS,
        Kind::Addresses => ADDRESSES,
        Kind::Contacts => CONTACTS,
        Kind::ContactPoints => CONTACT_POINTS,
        Kind::Leads => LEADS,
        Kind::Deals => DEALS,
        Kind::StageHistory => STAGE_HISTORY,
        Kind::Activities => ACTIVITIES,
        Kind::Tasks => TASKS,
        Kind::Purchases => PURCHASES,
    }
}

const ACCOUNTS: &[Column] = &[
    needed("account_id", &["Record ID", "Id", "Код", "客户编号"]),
    needed(
        "name",
        &["Company name", "Название", "Компания", "Клиент", "公司", "公司名称", "客户名称"],
    ),
    taken("domain", &["Company Domain Name", "Website", "Сайт", "网站", "网址"]),
    taken("industry", &["Отрасль", "行业"]),
    taken("country", &["Country/Region", "BillingCountry", "Страна", "国家"]),
    taken("city", &["BillingCity", "Город", "城市"]),
    taken("time_zone", &["Time Zone", "TimeZone__c", "Часовой пояс", "时区"]),
    taken("currency", &["CurrencyIsoCode", "Валюта", "币种", "货币"]),
    taken(
        "employees",
        &[
            "Number of Employees",
            "NumberOfEmployees",
            "Сотрудников",
            "Число сотрудников",
            "员工人数",
        ],
    ),
    taken(
        "annual_revenue",
        &["Annual Revenue", "AnnualRevenue", "Годовая выручка", "Выручка", "年收入"],
    ),
    needed(
        "created_at",
        &["Create Date", "CreatedDate", "Дата создания", "Создан", "创建时间", "创建日期"],
    ),
    taken("owner", &["Company owner", "Owner.Name", "Ответственный", "负责人"]),
    taken("source", &["Original Source Type", "AccountSource", "Источник", "来源"]),
    taken("parent_account_id", &["Parent Company", "ParentId", "Головная компания", "上级公司"]),
    taken("is_reference", &["Is Reference", "Is_Reference__c", "Рекомендует нас", "标杆客户"]),
    taken("tags", &["Tags__c", "Метки", "Теги", "标签"]),
    taken("notes", &["Description", "Примечание", "Комментарий", "备注"]),
    taken("external_id", &["Внешний код", "外部编号"]),
    taken("stage", &["Этап", "阶段"]),
    taken("party", &["Тип клиента", "客户类型"]),
    taken("territory", &["Территория", "区域"]),
    taken("archived", &["В архиве", "已归档"]),
];

const ADDRESSES: &[Column] = &[
    needed("address_id", &["Код адреса", "地址编号"]),
    needed("account_id", &["Код клиента", "客户编号"]),
    taken("lines", &["Адрес", "地址"]),
    needed("city", &["Город", "城市"]),
    taken("region", &["Регион", "省份"]),
    taken("postal_code", &["Индекс", "邮编"]),
    taken("country", &["Страна", "国家"]),
];

const CONTACTS: &[Column] = &[
    needed("contact_id", &["Record ID", "Id", "Код контакта", "联系人编号"]),
    needed("account_id", &["Associated Company IDs", "AccountId", "Код клиента", "客户编号"]),
    taken("first_name", &["First Name", "FirstName", "Имя", "名"]),
    taken("last_name", &["Last Name", "LastName", "Фамилия", "姓"]),
    taken("email", &["Эл. почта", "Почта", "电子邮件", "邮箱"]),
    taken("phone", &["Phone Number", "Телефон", "电话", "手机"]),
    taken("title", &["Job Title", "Должность", "职位"]),
    taken("language", &["Preferred language", "Language__c", "Язык", "语言"]),
    taken("consent_email", &["Marketing contact status", "Согласие на письма", "同意接收邮件"]),
    taken("opted_out_email", &["HasOptedOutOfEmail", "Отказ от писем", "拒收邮件"]),
    no_place("created_at", &["Create Date", "CreatedDate", "Дата создания", "创建时间"]),
    taken("archived", &["В архиве", "已归档"]),
    taken("email_id", &["Код эл. почты", "邮箱记录编号"]),
    taken("phone_id", &["Код телефона", "电话记录编号"]),
];

const CONTACT_POINTS: &[Column] = &[
    needed("point_id", &["Код связи", "联系方式编号"]),
    needed("contact_id", &["Код контакта", "联系人编号"]),
    needed("account_id", &["Код клиента", "客户编号"]),
    needed("kind", &["Вид связи", "联系方式类型"]),
    needed("value", &["Значение", "联系方式"]),
    taken("label", &["Пометка", "标注"]),
];

/// Of a lead that became an account, the names stand in the account and are not taken again.
const LEADS: &[Column] = &[
    needed("lead_id", &["Record ID", "Id", "Код лида", "线索编号"]),
    needed("created_at", &["Create Date", "CreatedDate", "Дата создания", "创建时间"]),
    in_part("first_name", &["First Name", "FirstName", "Имя", "名"]),
    in_part("last_name", &["Last Name", "LastName", "Фамилия", "姓"]),
    in_part("company", &["Company name", "Компания", "公司"]),
    in_part("email", &["Эл. почта", "Почта", "邮箱"]),
    taken("country", &["Country/Region", "Страна", "国家"]),
    taken("source", &["LeadSource", "Original Source Type", "Источник", "来源"]),
    needed("status", &["Lead Status", "Статус", "状态"]),
    taken("converted_at", &["ConvertedDate", "Дата конверсии", "转化时间"]),
    taken(
        "account_id",
        &["ConvertedAccountId", "Associated Company IDs", "Код клиента", "客户编号"],
    ),
    taken("cost", &["Cost__c", "Стоимость", "成本"]),
    taken("currency", &["CurrencyIsoCode", "Валюта", "币种"]),
];

const DEALS: &[Column] = &[
    needed("deal_id", &["Record ID", "Id", "Код сделки", "商机编号"]),
    needed("account_id", &["Associated Company IDs", "AccountId", "Код клиента", "客户编号"]),
    taken("contact_id", &["Associated Contact IDs", "ContactId", "Код контакта", "联系人编号"]),
    needed("name", &["Deal Name", "Сделка", "Название сделки", "商机名称"]),
    taken("amount", &["Сумма", "金额"]),
    taken("currency", &["CurrencyIsoCode", "Валюта", "币种"]),
    needed("stage", &["Deal Stage", "StageName", "Этап", "Стадия", "阶段"]),
    no_place("probability", &["Deal probability", "Вероятность", "概率"]),
    needed("created_at", &["Create Date", "CreatedDate", "Дата создания", "创建时间"]),
    taken("expected_close", &["Close Date", "CloseDate", "Дата закрытия", "预计成交日期"]),
    taken("closed_at", &["Closed At", "ClosedDate__c", "Закрыта", "关闭时间"]),
    taken("outcome", &["Is Closed Won", "IsWon", "Исход", "结果"]),
    taken("lost_reason", &["Closed Lost Reason", "Loss_Reason__c", "Причина отказа", "丢单原因"]),
    taken("owner", &["Deal owner", "Owner.Name", "Ответственный", "负责人"]),
    no_place("source", &["Original Source Type", "LeadSource", "Источник", "来源"]),
];

const STAGE_HISTORY: &[Column] = &[
    needed("deal_id", &["Код сделки", "商机编号"]),
    needed("stage", &["Этап", "阶段"]),
    needed("entered_at", &["Дата перехода", "进入时间"]),
    taken("changed_by", &["Кто перевёл", "变更人"]),
    taken("event_id", &["Код события", "事件编号"]),
    taken("from_stage", &["Прежний этап", "原阶段"]),
    taken("reason", &["Причина", "原因"]),
    taken("holds", &["Действует", "有效"]),
];

/// An e-mail and a chat are both messages, a task is a note.
const ACTIVITIES: &[Column] = &[
    needed("activity_id", &["Код события", "活动编号"]),
    needed("account_id", &["Код клиента", "客户编号"]),
    taken("contact_id", &["Код контакта", "联系人编号"]),
    taken("deal_id", &["Код сделки", "商机编号"]),
    in_part("type", &["Вид", "类型"]),
    taken("direction", &["Направление", "方向"]),
    needed("at", &["Дата", "时间", "日期"]),
    taken("minutes", &["Минут", "分钟数"]),
    taken("subject", &["Тема", "主题"]),
    taken("body", &["Текст", "内容"]),
    taken("by", &["Кто", "执行人"]),
];

const TASKS: &[Column] = &[
    needed("task_id", &["Код задачи", "任务编号"]),
    needed("account_id", &["Код клиента", "客户编号"]),
    needed("title", &["Задача", "任务"]),
    taken("due", &["Срок", "截止日期"]),
    taken("assignee", &["Исполнитель", "执行人"]),
    taken("done_at", &["Выполнена", "完成时间"]),
];

const PURCHASES: &[Column] = &[
    needed("purchase_id", &["Код покупки", "订单编号"]),
    needed("account_id", &["Код клиента", "客户编号"]),
    needed("at", &["Дата", "日期"]),
    needed("currency", &["Валюта", "币种"]),
    needed("amount", &["Сумма", "金额"]),
    taken("cost", &["Себестоимость", "成本"]),
    taken("category", &["Категория", "类别"]),
    taken("quantity", &["Количество", "数量"]),
    taken("channel", &["Канал", "渠道"]),
    taken("refund_of", &["Возврат по", "退款订单编号"]),
];
