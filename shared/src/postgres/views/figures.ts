/** Views over chunk_statistic: histograms of a dataset's corpus as each run left it. */
import type { View } from "./view.js";

export const tokenHistogram: View = {
  name: "token_histogram",
  about: "Chunks of the corpus by their number of tokens, as each run left it.",
  select: `
select run_id, dataset, bucket::integer as tokens, count
from chunk_statistic
where measure = 'tokens'`,
};

export const qualityHistogram: View = {
  name: "quality_histogram",
  about: "Chunks of the corpus by quality score, in steps of 0.05 named by their lower end, as each run left it.",
  select: `
select run_id, dataset, bucket::numeric as score_from, count
from chunk_statistic
where measure = 'quality'`,
};

export const piiByType: View = {
  name: "pii_by_type",
  about: "Chunks of the corpus that hold personal data, and the spans in them, by type, as each run left it.",
  select: `
select run_id, dataset, bucket as type,
  coalesce(sum(count) filter (where measure = 'pii_chunks'), 0)::bigint as chunks,
  coalesce(sum(count) filter (where measure = 'pii_spans'), 0)::bigint as spans
from chunk_statistic
where measure in ('pii_chunks', 'pii_spans')
group by run_id, dataset, bucket`,
};

export const languageShare: View = {
  name: "language_share",
  about: "Chunks and tokens of the corpus by language, as each run left it.",
  select: `
select run_id, dataset, bucket as language,
  coalesce(sum(count) filter (where measure = 'language'), 0)::bigint as chunks,
  coalesce(sum(count) filter (where measure = 'language_tokens'), 0)::bigint as tokens
from chunk_statistic
where measure in ('language', 'language_tokens')
group by run_id, dataset, bucket`,
};
