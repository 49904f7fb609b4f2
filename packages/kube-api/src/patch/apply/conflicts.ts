import { PatchError } from '../failure/failure.ts';
import { pathsIn, type FieldSet } from '../managed-fields/field-set.ts';
import { printManager, type Manager } from '../managed-fields/managers.ts';

/** Fields that are applied with values other than those that somebody else gave them. */
export interface Conflict {
  readonly manager: Manager;
  readonly fields: FieldSet;
}

/** 409, in the API server's words. */
export function conflictError(conflicts: readonly Conflict[]): PatchError {
  const named = conflicts
    .map(({ manager, fields }) => ({ name: printManager(manager), paths: pathsIn(fields) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const causes = named.flatMap(({ name, paths }) =>
    paths.map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${name}`,
      field,
    })),
  );
  const [only] = causes;
  const list = named.flatMap(({ name, paths }) => [
    `conflicts with ${name}:`,
    ...paths.map((path) => `- ${path}`),
  ]);
  const message =
    causes.length === 1 && only
      ? `Apply failed with 1 conflict: ${only.message}: ${only.field}`
      : `Apply failed with ${causes.length} conflicts: ${list.join('\n')}`;
  return new PatchError({ code: 409, reason: 'Conflict', message, causes });
}
