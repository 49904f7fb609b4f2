import { compile } from '@portolan/compile';
import { PLAIN } from '@portolan/terminal';
import { describe, expect, it } from 'vitest';

import { serveReport } from './serve-report.ts';

const MANIFESTS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example], secretName: certificate }]
  defaultBackend: { service: { name: web, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
`;

/** The lines that are told of the manifests. */
function told(endsTLS: boolean): readonly string[] {
  const lines: string[] = [];
  const io = {
    out: async () => {},
    err: (text: string) => void lines.push(text),
    outTerminal: PLAIN,
    errTerminal: PLAIN,
    isWatched: false,
  };
  serveReport(io, { endsTLS }).manifests(compile([{ name: 'shop.yaml', text: MANIFESTS }]));
  return lines;
}

describe('what is told of spec.tls', () => {
  it('is nothing where TLS ends here', () => {
    expect(told(true)).toEqual([expect.stringContaining('IngressClass')]);
  });

  it('is where it is to end otherwise, and that it can end here', () => {
    expect(told(false)).toEqual([
      expect.stringContaining('IngressClass'),
      expect.stringMatching(
        /^shop\.yaml:7:3: .*for shop\.example; with --https it ends here, by the Secrets that spec\.tls names\n$/u,
      ),
    ]);
  });
});
