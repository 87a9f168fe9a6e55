/** A view: what it answers, and the select behind it. */
export interface View {
  readonly name: string;
  /** Stored as the view's comment, for those who meet it in psql. */
  readonly about: string;
  readonly select: string;
}
