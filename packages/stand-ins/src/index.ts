export { ownership } from './plan/owner.ts';
export { planStandIns } from './plan/plan.ts';
export type { StandInPlan, StandInServer } from './plan/plan.ts';
export { isActive } from './plan/pod.ts';
export { isWorkload } from './plan/workload.ts';
