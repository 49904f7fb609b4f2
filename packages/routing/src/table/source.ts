import type { RouteSource } from '../route/route.ts';
import type { RouteTable, TableRule } from './table.ts';

/** Kind, namespace, name and, after a space, the time of creation: none of the first three has a space or a slash in Kubernetes. */
const WRITTEN =
  /^(?<kind>[^ ]*) (?<namespace>[^/]*)\/(?<name>[^ ]*)(?: (?<creationTimestamp>.*))?$/s;

/** `Ingress shop/web` */
export function sourceName({ kind, namespace, name }: RouteSource): string {
  return `${kind} ${namespace}/${name}`;
}

/** An object as a table names it. */
export function writeSource(source: RouteSource): string {
  const { creationTimestamp } = source;
  return sourceName(source) + (creationTimestamp === undefined ? '' : ` ${creationTimestamp}`);
}

/** The object that a rule of the table is from. @throws {RangeError} where the table has none such */
export function sourceOf({ sources }: Pick<RouteTable, 'sources'>, rule: TableRule): RouteSource {
  const { kind, namespace, name, creationTimestamp } =
    WRITTEN.exec(sources[rule.source] ?? '')?.groups ?? {};
  if (kind === undefined || namespace === undefined || name === undefined) {
    throw new RangeError(`the table has no source ${rule.source}`);
  }
  return { kind, namespace, name, ...(creationTimestamp !== undefined && { creationTimestamp }) };
}
