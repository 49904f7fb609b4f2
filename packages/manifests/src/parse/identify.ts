import { formatFieldError } from '@portolan/core';

import { servedAs } from '../kinds/kinds.ts';
import { findRetired } from '../kinds/retired.ts';
import { child, childText, type Tree } from '../tree/tree.ts';
import type { Finding } from './finding.ts';
import type { FoundObject } from './list-items.ts';

/** What an object says it is. */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What an object says it is, or what keeps it from saying so. */
export function identify({ tree, ...assumed }: FoundObject): Identity | Finding {
  if (tree.kind !== 'map') {
    const actual = tree.kind === 'list' ? 'a list' : JSON.stringify(tree.value);
    return error(tree, 'NotAnObject', `must be a map with apiVersion and kind, found ${actual}`);
  }
  for (const field of ['apiVersion', 'kind']) {
    const value = child(tree, field);
    if (value !== undefined && childText(tree, field) === undefined) {
      return notText(value, field);
    }
  }
  const kind = childText(tree, 'kind') || assumed.kind;
  const apiVersion = childText(tree, 'apiVersion') || assumed.apiVersion;
  if (!kind) return error(tree, 'MissingKind', "Object 'Kind' is missing");
  if (!apiVersion) return error(tree, 'MissingAPIVersion', "Object 'apiVersion' is missing");
  return { apiVersion, kind };
}

/** What is wrong with the version of a kind that is not read; `undefined` where the kind is none of Kubernetes' own. */
export function refuseVersion(tree: Tree, { apiVersion, kind }: Identity): Finding | undefined {
  const noMatch = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const place = child(tree, 'apiVersion') ?? tree;
  const retired = findRetired(apiVersion, kind);
  if (retired) {
    const { release, replacement } = retired;
    const advice = `Kubernetes ${release} stopped serving it, write ${replacement}`;
    return { ...error(place, 'RetiredVersion', `${noMatch}: ${advice}`), field: 'apiVersion' };
  }
  const served = servedAs(apiVersion, kind);
  if (served === undefined) return undefined;
  return { ...error(place, 'NoKindMatch', `${noMatch}: write ${served}`), field: 'apiVersion' };
}

function notText(value: Tree, field: string): Finding {
  const found = value.kind === 'scalar' ? value.value : value.kind === 'map' ? 'object' : 'array';
  const message = formatFieldError({
    type: 'TypeInvalid',
    field,
    value: found,
    detail: 'must be a string',
  });
  return { ...error(value, 'FieldValueTypeInvalid', message), field };
}

function error({ offset }: Tree, code: string, message: string): Finding {
  return { severity: 'error', code, message, offset };
}
