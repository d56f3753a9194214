// The language of the page and the words for what the data has as ids. Must not hold the words of findings: those are in the data.
import type { Pair, Text } from "./data/types.ts";
import { own } from "./own.ts";

export type Lang = "zh" | "en";
let lang: Lang = "zh";

export function setLang(to: Lang): void {
  lang = to;
  document.documentElement.lang = to === "zh" ? "zh-CN" : "en";
}

export function language(): Lang {
  return lang;
}

/** One of two wordings. */
export function say(zh: string, en: string): string {
  return lang === "zh" ? zh : en;
}

/** A text of the data. */
export function said(text: Text | Pair | null | undefined): string {
  if (!text) return "";
  return Array.isArray(text) ? say(text[0], text[1]) : say(text.zh, text.en);
}

/** The pause between items of a list. */
export function listed(items: string[]): string {
  return items.join(say("、", ", "));
}

/** A remark in brackets behind what it is about. */
export function bracketed(text: string): string {
  return say(`（${text}）`, ` (${text})`);
}

/** From one number to another. */
export function between(from: string | number, to: string | number): string {
  return say(`${from}～${to}`, `${from}–${to}`);
}

/** Names as a list that ends with how many more there are. */
export function few(names: string[], most: number): string {
  if (names.length <= most) return listed(names);
  return say(`${listed(names.slice(0, most))} 等 ${names.length} 个`, `${listed(names.slice(0, most))} and ${names.length - most} more`);
}

type Words = Record<string, Pair>;

const OUTCOMES: Words = {
  met: ["符合", "met"],
  unmet: ["不符合", "not met"],
  not_applicable: ["不适用", "not applicable"],
  unclear: ["材料不足待核", "unclear"],
  pending: ["待人工评", "awaits a reviewer"],
  waived: ["经批准不扣分", "waived"],
  failed: ["程序未能检查", "could not be checked"],
};
const SEVERITIES: Words = { error: ["错误", "error"], warning: ["提醒", "warning"], info: ["提示", "note"] };
/** In place of a severity where nobody knows yet whether it is a fault. */
const OPENS: Words = { unclear: ["待核", "open"], failed: ["待核", "open"], pending: ["待评", "to be marked"] };
const REMEDIES: Words = {
  complete: ["可补齐", "can be completed"],
  explain: ["可说明", "can be explained"],
  none: ["不可补正", "cannot be mended"],
};
const ACTS: Words = {
  complete: ["补齐", "complete"],
  explain: ["说明", "explain"],
  verify: ["核实", "verify"],
  raise: ["提高", "raise"],
};
const KINDS: Words = { regularity: ["规范性", "regularity"], substance: ["业务性", "substance"] };
const SUBJECTS: Words = { case: ["案件", "case"], office: ["机构考核", "the office itself"], firm: ["律师事务所", "the firm itself"] };
const HOWS: Words = {
  single: ["一人评分", "one mark"],
  mean: ["取平均分", "mean"],
  majority: ["取多数", "majority"],
  median: ["取中位数", "median"],
  senior: ["以资深专家为准", "senior's mark"],
  council: ["集体合议", "council"],
  objection: ["申诉后变更", "after an objection"],
  open: ["尚未定", "open"],
};
const TURNS: Words = { first: ["一评", "first"], second: ["二评", "second"], extra: ["加评", "extra"] };
const STATES: Words = {
  present: ["有", "there"],
  absent: ["无", "missing"],
  declined: ["不适用", "not applicable"],
  contradicted: ["登记与扫描件不一致", "record and scans differ"],
  unknown: ["未登记", "not recorded"],
};
const OBJECTIONS: Words = {
  upheld: ["变更", "upheld"],
  kept: ["维持", "kept"],
  open: ["未决定", "open"],
  invalid: ["决定无效", "invalid"],
};
const REMARKS: Words = { good: ["亮点", "good practice"], lacking: ["不足", "shortcoming"], advice: ["建议", "advice"] };
const REASONS: Words = {
  在办: ["在办", "open"],
  不予援助: ["不予援助", "refused"],
  终止: ["终止", "ended early"],
  不在期间: ["不在期间", "outside the dates"],
  日期不明: ["日期不明", "date unclear"],
};

const word =
  (table: Words) =>
  (id: string | null | undefined): string =>
    id ? said(own(table, id) ?? [id, id]) : "";

export const outcome = word(OUTCOMES);
export const severity = word(SEVERITIES);
export const opens = word(OPENS);
export const remedy = word(REMEDIES);
export const act = word(ACTS);
export const kind = word(KINDS);
export const subject = word(SUBJECTS);
export const how = word(HOWS);
export const turn = word(TURNS);
export const state = word(STATES);
export const objection = word(OBJECTIONS);
export const remark = word(REMARKS);
export const reason = word(REASONS);

/** What stands where there is nothing to count; never 0. */
export const noData = (): string => say("无数据", "no data");

/** Beside every list of what is to be put right. */
export const noBackdating = (): string =>
  say(
    "不得倒签、补造、替签：过去的文书缺失或超期的，如实说明情况，不得事后制作、补填日期或代他人签名。",
    "Nothing may be signed, dated or made after the fact, nor in another's name: where a paper of the past is missing or late, say so.",
  );
