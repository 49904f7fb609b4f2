import { ingress, to } from '../../../test/objects/objects.ts';
import type { Feature } from './feature.ts';

export const defaultBackend: Feature = {
  services: ['echo'],
  ingress: ingress({ defaultBackend: to('echo', 8080) }),
  scenarios: [
    { method: 'GET', host: 'my-host', path: '/' },
    { method: 'GET', host: 'my-host', path: '/sub-path' },
    { method: 'POST', host: 'some-host', path: '/' },
    { method: 'PUT', host: '', path: '/resource' },
    { method: 'DELETE', host: 'some-host', path: '/resource' },
    { method: 'PATCH', host: 'my-host', path: '/resource' },
  ].map((request) => ({
    ...request,
    service: 'echo',
    demand: `without rules the default backend takes ${request.method} ${request.path} of ${request.host || 'the address itself'}`,
  })),
};
