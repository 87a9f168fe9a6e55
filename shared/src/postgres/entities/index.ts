/** Every table, as TypeORM sees it. */
import { chunkEntity } from "./chunk.js";
import { chunkStatisticEntity } from "./chunk-statistic.js";
import { documentEntity } from "./document.js";
import { documentSignatureEntity } from "./document-signature.js";
import { lineageEntity } from "./lineage.js";
import { lineageAttemptEntity } from "./lineage-attempt.js";
import { pipelineRunEntity } from "./pipeline-run.js";
import { rejectionEntity } from "./rejection.js";
import { signatureBandEntity } from "./signature-band.js";

export const ENTITIES = [
  pipelineRunEntity,
  lineageEntity,
  lineageAttemptEntity,
  documentEntity,
  chunkEntity,
  rejectionEntity,
  documentSignatureEntity,
  signatureBandEntity,
  chunkStatisticEntity,
];
