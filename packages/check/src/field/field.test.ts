import { describe, expect, it } from 'vitest';

import { deployment, documents, service, told, WEB } from '../../test/manifests.ts';

const CODE = 'FieldNotHonoured';
const PODS = deployment('web', { app: 'web' }, []);

const SERVICE = `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    service.kubernetes.io/topology-mode: auto
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30099
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 60
  selector: {app: web}
  ports:
  - name: http
    port: 80
  - name: rpc
    port: 81
    appProtocol: grpc
`;

describe('a field that has no effect', () => {
  it('is found where it is written, with what is lost', () => {
    expect(told(CODE, documents(SERVICE, PODS))).toEqual([
      {
        at: 'service.kubernetes.io/topology-mode: auto',
        severity: 'notice',
        field: 'metadata.annotations[service.kubernetes.io/topology-mode]',
        message: 'endpoints of every zone are used: how many each zone needs is not computed',
        remedy: 'trafficDistribution: PreferSameZone keeps requests in their zone',
      },
      {
        at: 'timeoutSeconds: 60',
        severity: 'notice',
        field: 'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        message: 'a client keeps to its endpoint as long as that is ready, not for 60 seconds',
      },
      {
        at: 'appProtocol: grpc',
        severity: 'warning',
        field: 'spec.ports[1].appProtocol',
        message: 'port 81 is not called: grpc needs HTTP/2 without TLS, which no fetch speaks',
      },
    ]);
  });

  it('is the health check node port on Workers, which have no ports of their own', () => {
    const found = (target?: 'node' | 'workers'): readonly unknown[] =>
      told(CODE, documents(SERVICE, PODS), { target }).filter(
        ({ field }) => field === 'spec.healthCheckNodePort',
      );
    expect(found('workers')).toEqual([
      {
        at: 'healthCheckNodePort: 30099',
        severity: 'notice',
        field: 'spec.healthCheckNodePort',
        message: 'nothing answers at port 30099 of the nodes',
      },
    ]);
    expect([...found('node'), ...found()]).toEqual([]);
  });

  it('may be the parameters of an IngressClass', () => {
    const parameters = { apiGroup: 'k8s.example', kind: 'Parameters', name: 'external' };
    const text = documents({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'external' },
      spec: { controller: 'example.com/controller', parameters },
    });
    expect(told(CODE, text)).toMatchObject([
      {
        severity: 'warning',
        field: 'spec.parameters',
        message: "nothing of Parameters external is done: its parameters are the controller's own",
      },
    ]);
  });

  it('is none that has its effect, or that nobody wrote', () => {
    expect(told(CODE, WEB)).toEqual([]);
    const policies = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    const mode = { 'service.kubernetes.io/topology-mode': 'Disabled' };
    const quiet = service('web', policies, { metadata: { annotations: mode } });
    expect(told(CODE, documents(quiet, PODS))).toEqual([]);
  });

  it('says nothing of gRPC where it is asked what can be reached', () => {
    const messages = told(CODE, documents(SERVICE, PODS), { target: 'node' }).map(({ at }) => at);
    expect(messages).not.toContain('appProtocol: grpc');
  });
});
