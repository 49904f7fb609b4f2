import type { DescribedRequest } from '@portolan/explain';

/** The request with another field; an empty one is left out, except the URL, which has to be there. */
export function withField(
  request: DescribedRequest,
  field: Exclude<keyof DescribedRequest, 'headers' | 'entrance'>,
  value: string,
): DescribedRequest {
  if (field === 'url') return { ...request, url: value };
  const { [field]: _, ...rest } = request;
  return value === '' ? rest : { ...rest, [field]: value };
}

/** The field of the form that a fault of the engine belongs to: `headers.X-Version` to `headers`. */
export function fieldOfFault(fault: string): string {
  return fault.split('.', 1)[0] ?? '';
}
