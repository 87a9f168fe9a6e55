/** What reads the tokens of HTML: names of the tokenizer's events, each of which does nothing until a reader says what. */
import type { Tokenizer } from "htmlparser2";

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

/** A reader that passes over every token; readers of some kinds of tokens override those. */
export class TokenHandler implements Callbacks {
  ontext(_start: number, _end: number): void {}
  onopentagname(_start: number, _end: number): void {}
  onopentagend(_end: number): void {}
  onselfclosingtag(_end: number): void {}
  onclosetag(_start: number, _end: number): void {}
  oncomment(): void {}
  oncdata(_start: number, _end: number, _endOffset: number): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribname(_start: number, _end: number): void {}
  onattribdata(_start: number, _end: number): void {}
  onattribentity(): void {}
  onattribend(): void {}
  ontextentity(): void {}
  onend(): void {}
}
