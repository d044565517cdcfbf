/** Facts that came in order, as they mostly do: then none needs to be compared with those under its key. */
import { type Fact, inOrder } from './fact.ts';

/** How facts came so far, whatever their keys. */
export interface Course {
  ordered: boolean;
  /** The latest fact, as long as they came in order. */
  latest: Fact | undefined;
}

export function newCourse(): Course {
  return { ordered: true, latest: undefined };
}

/** Takes the next fact. Whether it comes behind all before it, for certain. */
export function goesOn(course: Course, fact: Fact): boolean {
  if (!course.ordered) return false;
  course.ordered = course.latest === undefined || inOrder(course.latest, fact) <= 0;
  course.latest = course.ordered ? fact : undefined;
  return course.ordered;
}

/** What follows may stand before what another part of the input told. */
export function breakOff(course: Course): void {
  course.ordered = false;
  course.latest = undefined;
}
