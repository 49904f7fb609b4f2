import { authority } from '@portolan/core';

import type { Change, Plan } from './plan.ts';

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

/**
 * A plan for people, a line for each change:
 *
 *     shop/web
 *       + monitor portolan/default/shop/web/80: http 31000 /healthz
 *       ~ load balancer shop.example.com: default_pools, fallback_pool
 *
 * What the Service does not get, and why, is the last line.
 */
export function formatPlan({ service, changes, provision: { refusal } }: Plan): string {
  const lines = changes.map((change) => `  ${describeChange(change)}`);
  if (lines.length === 0) lines.push('  nothing to change');
  if (refusal !== undefined) lines.push(`  ! ${refusal.reason}: ${refusal.message}`);
  return [service, ...lines].join('\n');
}

/** One change in one line: `+ pool portolan_default_shop_web_80: a 203.0.113.1:30080`. */
export function describeChange(change: Change): string {
  const what = `${SIGNS[change.action]} ${change.kind} ${change.name}`;
  const details = detailsOf(change);
  return details === '' ? what : `${what}: ${details}`;
}

function detailsOf(change: Change): string {
  if (change.action === 'delete') return '';
  if (change.action === 'update') return Object.keys(change.fields).toSorted().join(', ');
  switch (change.kind) {
    case 'monitor':
      return [change.fields.type, change.fields.port, change.fields.path].filter(Boolean).join(' ');
    case 'pool':
      return change.fields.origins
        .map(({ name, address, port }) => `${name} ${authority(address, port)}`)
        .join(', ');
    case 'load balancer':
      return change.fields.session_affinity === 'none' ? '' : change.fields.session_affinity;
    case 'DNS record':
      return `${change.fields.type} ${change.fields.content}`;
  }
}
