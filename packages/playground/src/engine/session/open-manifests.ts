import { check, type Finding } from '@portolan/check';
import {
  compileWithStandIns,
  defaultRouteProviders,
  defaultServiceTypes,
  type Compiled,
  type CompiledWithStandIns,
} from '@portolan/compile';
import { objectKey, ServiceSelectors } from '@portolan/core';
import { createEngine } from '@portolan/engine';
import { parseManifests, type Manifest } from '@portolan/manifests';

import { Answerers } from '../answerers/answerers.ts';
import type { Known } from '../chart/known.ts';
import { outlineOf } from '../chart/outline.ts';
import { Population } from '../pods/population.ts';
import { sourceReport } from './source-report.ts';
import type { Source } from './source.ts';

/** How the text of the editor is called in findings. */
const FILE = 'manifests.yaml';

/**
 * Opens manifests, with stand-ins for the Pods that they only announce.
 *
 * @param before What was made of these manifests earlier: an object that was valid then and is faulty now is kept as it was.
 */
export function openManifests(text: string, before?: Compiled): Source {
  const parsed = parseManifests([{ name: FILE, text }]);
  const subject = compileWithStandIns(parsed, {}, before);
  const { compiled, plan, standIns } = subject;
  const resources = compiled.manifests.map(({ resource }) => resource);
  const population = new Population(resources, plan);
  const engine = createEngine({
    serviceTypes: defaultServiceTypes(),
    routeProviders: defaultRouteProviders(),
  });
  const live = engine.live([...resources, ...plan.nodes, ...plan.pods]);
  const known = knownOf(compiled, population);
  const answerers = new Answerers(live.snapshot());
  const outline = outlineOf(live.snapshot(), known);
  const findings = findingsOf(subject);
  return {
    snapshot: live.snapshot,
    outline,
    answerers,
    known,
    standIns,
    compiled,
    become: (pods) => answerers.follow(live.apply(population.become(pods))),
    report: () =>
      sourceReport(
        { snapshot: live.snapshot(), outline, answerers, known },
        { objects: parsed.manifests.length, findings, nodes: plan.nodes },
      ),
  };
}

/** Without what is found in objects that were kept: that has its place in an earlier text. Why they are kept is said. */
function findingsOf(subject: CompiledWithStandIns): readonly Finding[] {
  const { kept, diagnostics } = subject.compiled;
  const isKept = new Set(kept.map(keyOf));
  const faults = new Set(
    diagnostics.flatMap((each) => (each.severity === 'error' ? placeOf(each) : [])),
  );
  return check(subject).filter(
    (finding) =>
      finding.object === undefined ||
      !isKept.has(`${finding.object.kind} ${finding.object.namespace}/${finding.object.name}`) ||
      faults.has(placeOf(finding)),
  );
}

function placeOf({ code, line, column }: Pick<Finding, 'code' | 'column' | 'line'>): string {
  return `${line}:${column} ${code}`;
}

function knownOf({ manifests, kept, services }: Compiled, population: Population): Known {
  const places = new Map(manifests.map((manifest, index) => [keyOf(manifest), index]));
  // What was kept stood in an earlier text.
  const isKept = new Set(kept.map(keyOf));
  const byKey = new Map(services.map((service) => [objectKey(service), service]));
  const selectors = new ServiceSelectors();
  for (const service of services) selectors.set(service);
  return {
    lineOf: (kind, key, field = '') => {
      const name = `${kind} ${key}`;
      return isKept.has(name) ? undefined : manifests[places.get(name) ?? -1]?.locate(field).line;
    },
    placeOf: (kind, key) => places.get(`${kind} ${key}`) ?? manifests.length,
    serviceTypeOf: (key) => {
      const spec = byKey.get(key)?.spec;
      return spec?.clusterIP === 'None' ? `headless ${spec.type ?? ''}`.trim() : spec?.type;
    },
    selecting: (namespace, labels) =>
      selectors.matching({ metadata: { name: '', namespace, labels } }),
    population,
  };
}

function keyOf({ resource }: Manifest): string {
  return `${resource.kind} ${objectKey(resource)}`;
}
