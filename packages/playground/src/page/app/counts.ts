import type { SourceReport } from '../../protocol/report.ts';

/** `214 objects, 35 rules, 12 Services, 48 endpoints` */
export function countsText({
  objects,
  rules,
  services,
  endpoints,
}: SourceReport['counts']): string {
  return [
    ...(objects === undefined ? [] : [counted(objects, 'object')]),
    counted(rules, 'rule'),
    counted(services, 'Service'),
    counted(endpoints, 'endpoint'),
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
