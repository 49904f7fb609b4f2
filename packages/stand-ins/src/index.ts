export { planStandIns } from './plan/plan.ts';
export type { StandInPlan, StandInServer } from './plan/plan.ts';
