//! The measures in English.

use super::{All, words};

pub static ALL: All = [
    words("Won", "What was won in the period.", "sum of the amounts of won deals"),
    words("Deals won", "Deals won in the period.", "number of won deals"),
    words(
        "Deals lost",
        "Deals lost in the period; a deal without a decision is lost too.",
        "number of lost deals",
    ),
    words(
        "Win rate",
        "Of the deals closed in the period, the share won. Open deals do not enter.",
        "won ÷ (won + lost)",
    ),
    words(
        "Win rate by value",
        "Of the money decided in the period, the share won.",
        "won amount ÷ (won + lost amount)",
    ),
    words("Average deal", "What a won deal brings on average.", "won amount ÷ number won"),
    words(
        "Sales cycle, median",
        "From creation to winning, for the deal in the middle; won deals only.",
        "median of days",
    ),
    words(
        "Sales cycle, mean",
        "From creation to winning, on average; won deals only.",
        "sum of days ÷ number won",
    ),
    words("Open deals", "Deals open at the end of the period.", "number of open deals"),
    words(
        "Open pipeline",
        "What the open deals are worth if all of them are won.",
        "sum of the amounts of open deals",
    ),
    words(
        "Weighted pipeline",
        "What the open deals are worth by the odds of their stages.",
        "sum of amount × probability of the stage",
    ),
    words("Forecast", "What was won, and what the open deals promise.", "won + weighted pipeline"),
    words(
        "Sales velocity",
        "What the pipeline brings a day.",
        "open deals × win rate × average deal ÷ mean cycle",
    ),
    words(
        "Coverage",
        "How often the open deals would fill what is left of the quota.",
        "open pipeline ÷ quota left",
    ),
];
