/** Four streams of records in one order, document by document, to everything that belongs to each document. */
import { invalidData } from "@pipeline/shared/errors";
import type { AcceptedRecord, DocumentRecord, RejectedRecord, SignatureRecord } from "@pipeline/shared/records";
import type { LoadedDocument } from "./rows.js";

export interface RecordStreams {
  readonly documents: AsyncGenerator<DocumentRecord>;
  readonly accepted: AsyncGenerator<AcceptedRecord>;
  readonly rejected: AsyncGenerator<RejectedRecord>;
  readonly signatures: AsyncGenerator<SignatureRecord>;
}

/** Throws 65 (`orphan_record`) for a record whose document is not there or comes elsewhere. */
export async function* joinRecords(streams: RecordStreams): AsyncGenerator<LoadedDocument> {
  const accepted = new Follower(streams.accepted, "accepted");
  const rejected = new Follower(streams.rejected, "rejected");
  const signatures = new Follower(streams.signatures, "signatures");
  for await (const document of streams.documents) {
    const { id } = document;
    const [signature = null] = await signatures.of(id);
    yield { document, accepted: await accepted.of(id), rejected: await rejected.of(id), signature };
  }
  for (const follower of [accepted, rejected, signatures]) await follower.refuseRest();
}

/** A stream read only as far as the document at hand. */
class Follower<T extends { readonly documentId: string }> {
  private next: Promise<IteratorResult<T, unknown>> | null = null;

  constructor(
    private readonly records: AsyncGenerator<T>,
    private readonly name: string,
  ) {}

  /** The records of that document: those at the front of the stream. */
  async of(documentId: string): Promise<T[]> {
    const found: T[] = [];
    for (let front = await this.front(); !front.done && front.value.documentId === documentId; front = await this.front()) {
      found.push(front.value);
      this.next = null;
    }
    return found;
  }

  async refuseRest(): Promise<void> {
    const front = await this.front();
    if (!front.done)
      throw invalidData(
        "orphan_record",
        `${this.name}: document ${front.value.documentId} is not among the batch's documents in this order`,
      );
  }

  private front(): Promise<IteratorResult<T, unknown>> {
    this.next ??= this.records.next();
    return this.next;
  }
}
