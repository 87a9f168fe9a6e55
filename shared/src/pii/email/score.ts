/** How sure an address is a person's or an office's: examples, remote logins and ids of messages are told apart. */
import type { Candidate } from "../candidate.js";
import { CONTEXT_CHARACTERS, textBefore } from "../surroundings.js";

const ADDRESS = 0.9;
const EXAMPLE = 0.6;
const NOT_AN_ADDRESS = 0.2;

const EXAMPLE_DOMAIN = /(?:^|\.)(?:example\.(?:com|net|org|edu)|[^.]+\.example|example)$/i;
const REMOTE_LOGIN = /(?:^|[\s"'`$])(?:ssh|scp|sftp|rsync|mosh)(?:\s[^\n]*)?\s$/;
const REMOTE_PATH = /^:[~/]/;
const VERSION_CONTROL_USERS: ReadonlySet<string> = new Set(["git", "svn", "hg"]);

/** Header fields whose addresses in angle brackets are ids of messages. */
const ID_FIELD = /(?<![\w-])(?:resent-)?(?:message-id|in-reply-to|references|content-id|x-[a-z-]*message-id)\s*:[^\n]*(?:\n[ \t][^\n]*)*$/i;
const LONG_NUMBER = /\d{12}|\d[\d.-]{13}\d/;
const MACHINE_MADE = /\$|^(?=(?:.*\d){4})(?=.*[A-Z])[A-Za-z0-9.+_=-]{12,}$|^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** The part of a web page that a mail carries with it. */
const CONTENT_ID = /(?<!\p{L})cid:$/iu;
const OPENED_BEFORE = /<[^<>\s]*$/;
const CLOSED_AFTER = /^[^<>\s]{0,64}>/;

/** Score and tags of the address at `start`-`end` whose @ stands at `at`, in front of its domain. */
export function emailScore(text: string, start: number, at: number, domain: number, end: number): Pick<Candidate, "score" | "tags"> {
  const local = text.slice(start, at);
  if (isMessageId(text, start, end, local)) return { score: NOT_AN_ADDRESS, tags: ["message_id"] };
  if (isRemoteLogin(text, start, end, local)) return { score: NOT_AN_ADDRESS, tags: ["remote_login"] };
  if (EXAMPLE_DOMAIN.test(text.slice(domain, end))) return { score: EXAMPLE, tags: ["example"] };
  return { score: ADDRESS };
}

function isMessageId(text: string, start: number, end: number, local: string): boolean {
  if (LONG_NUMBER.test(local) && local.length > 16) return true;
  const before = textBefore(text, start);
  if (CONTENT_ID.test(before)) return true;
  const opened = OPENED_BEFORE.exec(before)?.[0];
  if (opened === undefined || !CLOSED_AFTER.test(text.slice(end, end + 65))) return false;
  const id = opened.slice(1) + local;
  return LONG_NUMBER.test(id) || MACHINE_MADE.test(id) || ID_FIELD.test(textBefore(text, start, CONTEXT_CHARACTERS));
}

function isRemoteLogin(text: string, start: number, end: number, local: string): boolean {
  const after = text.slice(end, end + 2);
  if (VERSION_CONTROL_USERS.has(local) && after.startsWith(":")) return true;
  return REMOTE_PATH.test(after) || REMOTE_LOGIN.test(textBefore(text, start));
}
