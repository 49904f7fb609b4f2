import type { RequestFacts } from '../route/request.ts';
import { lookUp } from '../table/table.ts';
import type { RegionRequest } from './region.ts';

/** What `matchRoute` reads of the request that stands for a region. */
export function regionFacts(request: RegionRequest): RequestFacts {
  const { headers, ...facts } = request;
  return {
    ...facts,
    scheme: 'http',
    headers: { get: (name) => lookUp(headers, name) ?? null },
  };
}
