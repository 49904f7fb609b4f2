import type { DescribedRequest } from '@portolan/explain';
import { Option, type Command } from 'commander';

import { TARGET_NAMES } from '../config/schema.ts';
import { UsageError } from '../main/usage-error.ts';
import { collect } from './manifest-options.ts';

/** What says which request is meant, curl's way. */
export interface RequestOptions {
  readonly request?: string;
  readonly header: readonly string[];
  readonly from?: string;
  readonly entrance?: string;
  readonly node?: string;
  readonly zone?: string;
}

export function withRequestOptions(command: Command): Command {
  return command
    .option('-X, --request <method>', 'the method, GET by default')
    .option(
      '-H, --header <field>',
      "a header field, 'Name: value'; may be given again",
      collect,
      [],
    )
    .option('--from <address>', "the client's IP address")
    .addOption(
      new Option('--entrance <side>', 'the side from which the client comes')
        .choices(['internal', 'external'])
        .default('external'),
    )
    .option('--node <name>', 'the node that receives the request')
    .option('--zone <name>', 'the zone that receives the request');
}

export function targetOption(): Option {
  return new Option('--target <runtime>', 'the runtime that it is about').choices(TARGET_NAMES);
}

/** The request as `parseRequest` takes it: not checked yet. */
export function describedBy(url: string, options: RequestOptions): unknown {
  const described: Record<keyof DescribedRequest, unknown> = {
    // As curl has it, what has no scheme is http.
    url: /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`,
    method: options.request,
    headers: headersOf(options.header),
    from: options.from,
    entrance: options.entrance,
    node: options.node,
    zone: options.zone,
  };
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined));
}

/** Of a field that is given several times all values count (RFC 9110 §5.3). */
function headersOf(fields: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (fields.length === 0) return undefined;
  const headers = new Map<string, string>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon < 1) throw new UsageError(`-H ${field}: expected 'Name: value'`);
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}
