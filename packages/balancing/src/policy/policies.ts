import { LEAST_REQUESTS } from '../least-requests/least-requests.ts';
import { MAGLEV } from '../maglev/maglev.ts';
import { RANDOM } from '../random/random.ts';
import { RENDEZVOUS_HASH } from '../rendezvous-hash/rendezvous-hash.ts';
import { ROUND_ROBIN } from '../round-robin/round-robin.ts';
import type { Policy, PolicyName } from './policy.ts';

/** Every policy there is, by its name. */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = {
  LeastRequests: LEAST_REQUESTS,
  Maglev: MAGLEV,
  Random: RANDOM,
  RendezvousHash: RENDEZVOUS_HASH,
  RoundRobin: ROUND_ROBIN,
};
