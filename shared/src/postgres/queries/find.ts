/** Finding chunks: by words, by any string, by quality, language, personal data, text and time; and taking them all out. */

import { MOST_RANKED, MOST_RANKED_OF_PHRASE } from "../views/search.js";
import { NO_ID, type Query } from "./query.js";

export const FIND: readonly Query[] = [
  {
    name: "search",
    question: `Which passages speak of this? "Quoted phrases", or, and -without work as on the web. Best match first; of more than ${MOST_RANKED} matches (${MOST_RANKED_OF_PHRASE} of a phrase), a sample of as many is ranked.`,
    isBasic: true,
    parameters: ["dataset", "words", "textSearchConfiguration"],
    sql: `
select id, path, ordinal, quality_score, rank, text
from search_chunks($1, $2, $3)`,
  },
  {
    name: "substring",
    question: "Which chunks hold this very string, be it part of a word, in whatever case? % and _ in it stand for any characters.",
    parameters: ["dataset", "string"],
    needs: "--substring-index",
    sql: `
select id, path, ordinal, text
from corpus_chunk
where dataset = $1
  and text ilike '%' || $2::text || '%'
limit 20`,
  },
  {
    name: "best",
    question: "Which chunks have the highest quality?",
    isBasic: true,
    parameters: ["dataset", "afterScore", "afterId"],
    firstPage: [2, null],
    sql: `
select id, path, ordinal, quality_score, token_count, text
from corpus_chunk
where dataset = $1
  and (quality_score, id) < ($2, $3)
order by quality_score desc, id desc
limit 20`,
  },
  {
    name: "best-of-language",
    question: "Which chunks of a language have the highest quality?",
    parameters: ["dataset", "language", "afterScore", "afterId"],
    firstPage: [2, null],
    sql: `
select id, path, ordinal, quality_score, token_count, text
from corpus_chunk
where dataset = $1
  and language = $2
  and (quality_score, id) < ($3, $4)
order by quality_score desc, id desc
limit 20`,
  },
  {
    name: "pii-of-type",
    question: "Which chunks hold personal data of this type, and where? The spans are code points of the text.",
    parameters: ["dataset", "piiType", "afterDocumentId", "afterOrdinal"],
    firstPage: [NO_ID, -1],
    sql: `
select id, document_id, path, ordinal, pii
from corpus_chunk
where dataset = $1
  and has_pii
  and pii_types @> array[$2::text]
  and (document_id, ordinal) > ($3, $4)
order by document_id, ordinal
limit 50`,
  },
  {
    name: "same-text",
    question: "Where else does the text of this chunk occur?",
    parameters: ["contentSha256"],
    sql: `
select id, dataset, file_name, ordinal
from chunk
where content_sha256 = $1
limit 100`,
  },
  {
    name: "since",
    question: "What has been added or replaced since then?",
    parameters: ["dataset", "since", "afterId"],
    firstPage: [NO_ID],
    sql: `
select id, file_name, ordinal, created_at
from chunk
where dataset = $1
  and (created_at, id) > ($2, $3)
order by created_at, id
limit 1000`,
  },
  {
    name: "export",
    question:
      "How is a dataset taken out for training? Every accepted chunk once, in an order that stays, page by page, from any snapshot.",
    isBasic: true,
    parameters: ["dataset", "afterDocumentId", "afterOrdinal"],
    firstPage: [NO_ID, -1],
    sql: `
select document_id, ordinal, id, path, text, token_count, quality_score, language, pii_types
from corpus_chunk
where dataset = $1
  and (document_id, ordinal) > ($2, $3)
order by document_id, ordinal
limit 1000`,
  },
];
