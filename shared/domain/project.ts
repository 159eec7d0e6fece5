import type { CoderId, ProjectId } from './id'

/** One study, as the list of projects shows it. */
export interface Project {
  readonly id: ProjectId
  readonly name: string
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** A person who codes. */
export interface Coder {
  readonly id: CoderId
  readonly name: string
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** The longest name a project, coder or code may have, in UTF-16 units. */
export const MAX_NAME_LENGTH = 200

/**
 * A name as it is kept: on one line, without space at its ends, and without characters that
 * cannot be seen, which would make two names look alike. May come out empty.
 */
export function tidyName(typed: string): string {
  return typed
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
