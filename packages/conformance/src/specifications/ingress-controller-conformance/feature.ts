import { portolan, type CompileOptions, type Portolan } from 'portolan';

import { manifest, pod, service, type KubernetesObject } from '../../../test/objects/objects.ts';

/** A feature of the Ingress controller conformance project: an Ingress, and what becomes of requests. */
export interface Feature {
  readonly ingress: KubernetesObject;
  /** The Services that its rules name, all with a port 8080 called `http`. */
  readonly services: readonly string[];
  readonly scenarios: readonly Scenario[];
  readonly options?: CompileOptions;
}

/** One request, and who is to answer it. */
export interface Scenario {
  /** What the specification demands. */
  readonly demand: string;
  /** GET where absent. */
  readonly method?: string;
  /** `''` is the address of the Ingress itself. */
  readonly host: string;
  readonly path: string;
  /** Absent: nobody, and the client gets 404. */
  readonly service?: string;
}

/** What became of a request: the status that the client gets, and where a Service answered, which one and at which path. */
export interface Outcome {
  readonly status: number;
  readonly service?: string;
  readonly path?: string;
}

/** Scenarios for `it.each` with `%s`: a `$demand` would be cut off in titles. */
export function titled(scenarios: readonly Scenario[]): [demand: string, Scenario][] {
  return scenarios.map((scenario) => [scenario.demand, scenario]);
}

/** What is to become of the scenario's request. */
export function demanded({ service: name, path }: Scenario): Outcome {
  return name === undefined ? { status: 404 } : { status: 200, service: name, path };
}

/** The feature's Ingress and Services; each Service has one Pod, which isn't called. */
export function serving({ ingress, services, options }: Feature): Portolan {
  const objects = services.flatMap((name, index) => [
    service(name, { ports: [{ name: 'http', port: 8080 }] }),
    pod(`${name}-1`, name, { ip: `10.244.0.${index + 1}` }),
  ]);
  return portolan(manifest(objects, ingress), options);
}

/** What would become of the scenario's request; nothing is sent. */
export function decided(app: Portolan, { method = 'GET', host, path }: Scenario): Outcome {
  const decision = app.decide(new Request(`http://${host || '192.0.2.1'}${path}`, { method }));
  if (decision.outcome !== 'forward') return { status: decision.status };
  return { status: 200, service: decision.service.name, path: decision.path };
}
