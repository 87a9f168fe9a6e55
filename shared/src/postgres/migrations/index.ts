/** Every migration, oldest first. One that has been released is never edited: a change is a new file. */
import type { MigrationInterface } from "typeorm";
import { CorpusTables1795478400000 } from "./1795478400000-corpus-tables.js";

export const MIGRATIONS: readonly (new () => MigrationInterface & { readonly name: string })[] = [CorpusTables1795478400000];
