//! Commands and filters, in simplified Chinese.

use super::plural;
use crate::language::texts::everywhere::{Commands, Looking, Views};

pub const COMMANDS: Commands = Commands {
    title: "搜索与命令",
    search: "搜索",
    placeholder: "客户、联系人、商机、命令",
    screen: "页面",
    action: "操作",
    account: "客户",
    person_at: "联系人 · {0}",
    deal_of: "商机 · {0}",
    found: plural("找到 {0} 项"),
    which_account: "为哪位客户？",
    shortcuts: "键盘快捷键",
    single_keys: "启用单键快捷键（关闭后仅保留 Ctrl 组合键）",
    covers: plural("本机共 {0} 位客户"),
    print: "打印本页",
    log: "记录往来",
    add_task: "添加任务",
    add_deal: "添加商机",
};

pub const VIEWS: Views = Views {
    title: "已存视图",
    view: "视图",
    none: "不用视图",
    hint: "将当前的搜索和筛选命名保存，用于列表、看板和仪表盘。",
    nothing_set: "当前没有搜索或筛选条件。请先设置，再在此保存。",
    name: "名称",
    whose: "可见范围",
    mine: "仅自己",
    everybody: "所有人",
    keep: "保存视图",
    kept: "已存视图",
    remove: "移除“{0}”",
};

pub const FILTER: Looking = Looking {
    not_come: "本机尚未收到任何内容",
    not_come_hint: "首次使用需要联网一次，之后离线也能使用全部内容。",
    no_deals: "没有符合搜索和筛选条件的商机。",
    period: "预计成交",
    any_time: "成交时间不限",
    periods: ["本月成交", "下月成交", "本季度成交", "下季度成交", "今年成交"],
};
