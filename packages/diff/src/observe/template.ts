import { authority } from '@portolan/core';
import type { Filter, MatchedRoute, PathModifier } from '@portolan/routing';

import { WELL_KNOWN_PORT } from '../probe/probe.ts';

type Redirect = Extract<Filter, { readonly type: 'RequestRedirect' }>;

/** At a Service's own address. */
export const PATH_AS_RECEIVED = '{path as received}';

/** The path after `modifier`, as a template; see `Outcome`. */
export function pathTemplate(
  modifier: PathModifier | undefined,
  { matchedPrefix }: Pick<MatchedRoute, 'matchedPrefix'>,
): string {
  if (modifier === undefined) return '{path}';
  if (modifier.type === 'ReplaceFullPath') return modifier.replaceFullPath;
  if (matchedPrefix === undefined) return '{path}';
  const prefix = withoutTrailingSlash(matchedPrefix);
  const rest = prefix === '' ? '{path}' : `{path after ${prefix}}`;
  return `${withoutTrailingSlash(modifier.replacePrefixMatch)}${rest}`;
}

/** Where a redirect leads, as a template; see `Outcome`. */
export function locationTemplate(
  filter: Redirect,
  match: Pick<MatchedRoute, 'matchedPrefix'>,
): string {
  return `${originTemplate(filter)}${pathTemplate(filter.path, match)}`;
}

function originTemplate({ scheme, hostname, port }: Redirect): string {
  if (scheme === undefined && hostname === undefined && port === undefined) return '{origin}';
  const host = hostname === undefined ? '{host}' : authority(hostname);
  return `${scheme ?? '{scheme}'}://${host}${portTemplate(scheme, port)}`;
}

function portTemplate(scheme: Redirect['scheme'], port: number | undefined): string {
  if (port === undefined) return scheme === undefined ? ':{port}' : '';
  return scheme !== undefined && port === WELL_KNOWN_PORT[scheme] ? '' : `:${port}`;
}

export function withoutTrailingSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
