import { ingress, path, rule, to } from '../../../test/objects/objects.ts';
import type { Feature } from './feature.ts';

export const ingressClass: Feature = {
  services: ['shop'],
  ingress: ingress({
    ingressClassName: 'no-such-class',
    rules: [rule('class.example', path('Prefix', '/', to('shop', 8080)))],
  }),
  scenarios: [
    {
      demand: 'an Ingress whose class does not exist is not served',
      host: 'class.example',
      path: '/',
    },
  ],
  // A controller that goes by classes.
  options: { ingress: { controllers: ['portolan.dev/conformance'] } },
};
