import type { Example } from './example.ts';
import { MISTAKES } from './mistakes.ts';
import { NAMES } from './names.ts';
import { PRECEDENCE } from './precedence.ts';
import { SERVICE_TYPES } from './service-types.ts';
import { SHOP } from './shop.ts';
import { TRAFFIC } from './traffic.ts';
import { ZONES } from './zones.ts';

/** What the playground offers to begin with, the first one first. */
export const EXAMPLES: readonly Example[] = [
  SHOP,
  PRECEDENCE,
  SERVICE_TYPES,
  TRAFFIC,
  ZONES,
  NAMES,
  MISTAKES,
];
