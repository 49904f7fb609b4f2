import type { ManagedFieldsEntry } from '@portolan/store';

import { isList, isObject } from '../json/json.ts';
import { decodeFields, encodeFields, isEmpty, union, type FieldSet } from './field-set.ts';

/** Somebody who owns fields: an entry of `metadata.managedFields`. */
export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly time?: string;
  readonly fields: FieldSet;
}

export function isSame(one: Manager, other: Manager): boolean {
  return (
    one.manager === other.manager &&
    one.operation === other.operation &&
    one.subresource === other.subresource &&
    (one.operation === 'Apply' || one.apiVersion === other.apiVersion)
  );
}

/** As the API server prints it in conflicts: `"kubectl-edit" using v1`. */
export function printManager({ manager, operation, apiVersion, subresource }: Manager): string {
  const name =
    JSON.stringify(manager) + (subresource === '' ? '' : ` with subresource "${subresource}"`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

/** Those that `metadata.managedFields` names. Entries that make no sense are passed over. */
export function decodeManagers(managedFields: unknown): readonly Manager[] {
  return (isList(managedFields) ? managedFields : []).flatMap((entry): readonly Manager[] => {
    if (!isObject(entry) || !isObject(entry['fieldsV1'])) return [];
    const { manager = '', operation, apiVersion = '', subresource = '', time, fieldsV1 } = entry;
    if (operation !== 'Apply' && operation !== 'Update') return [];
    if (typeof manager !== 'string' || typeof apiVersion !== 'string') return [];
    return [
      {
        manager,
        operation,
        apiVersion,
        subresource: typeof subresource === 'string' ? subresource : '',
        ...(typeof time === 'string' ? { time } : {}),
        fields: decodeFields(fieldsV1),
      },
    ];
  });
}

/** `metadata.managedFields`: appliers first, then the one who wrote earlier, then by name. */
export function encodeManagers(managers: readonly Manager[]): readonly ManagedFieldsEntry[] {
  return atMostTenUpdaters(managers.filter(({ fields }) => !isEmpty(fields)))
    .toSorted(
      (a, b) =>
        compareText(a.operation, b.operation) ||
        compareText(a.time ?? '', b.time ?? '') ||
        compareText(a.manager, b.manager) ||
        compareText(a.apiVersion, b.apiVersion) ||
        compareText(a.subresource, b.subresource),
    )
    .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      ...(subresource === '' ? {} : { subresource }),
    }));
}

/** What the API server calls those whose updates it lumps together. */
const ANCIENT = 'ancient-changes';
const MOST_UPDATERS = 10;

function atMostTenUpdaters(managers: readonly Manager[]): readonly Manager[] {
  const updaters = managers
    .filter(({ operation }) => operation === 'Update')
    .toSorted((a, b) => compareText(a.time ?? '', b.time ?? ''));
  const excess = updaters.length - MOST_UPDATERS;
  const latest = updaters[excess];
  if (excess <= 0 || latest === undefined) return managers;
  const old = updaters.slice(0, excess + 1);
  const rest = managers.filter((each) => !old.includes(each));
  const fields = old.map((each) => each.fields).reduce(union);
  return [...rest, { ...latest, manager: ANCIENT, subresource: '', fields }];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
