import type { PassedOver } from '@portolan/manifests';

import { usualSeverity } from '../catalogue/catalogue.ts';
import type { Finding } from '../finding/finding.ts';
import type { Rule } from '../subject/subject.ts';
import { ROUTING_GROUPS } from './groups.ts';

/** Objects of kinds that change where requests go, and that nothing here reads. */
export const kindsNotServed: Rule = ({ compiled }) =>
  compiled.passedOver.flatMap((passed) => kindFinding(passed) ?? []);

function kindFinding({
  file,
  line,
  apiVersion = '',
  kind = '',
  name,
}: PassedOver): Finding | undefined {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  const known = Object.hasOwn(ROUTING_GROUPS, group) ? ROUTING_GROUPS[group] : undefined;
  const lost = known && Object.hasOwn(known.kinds, kind) ? known.kinds[kind] : undefined;
  if (known === undefined || lost === undefined) return undefined;
  return {
    severity: usualSeverity('KindNotServed'),
    code: 'KindNotServed',
    message: `${kind} of ${group} is for ${known.reader}: ${lost}`,
    file,
    line,
    column: 1,
    object: { apiVersion, kind, namespace: '', name: name ?? '' },
  };
}
