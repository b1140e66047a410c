import type { Kpi } from '#core/figures/day-figures.ts';

/** The dictionary's figures by what they are about. */
export const FIGURE_GROUPS = {
  arrival: [
    'tickets-issued',
    'identification-rate',
    'priority-tickets',
    'diversion-rate',
    'self-service-down',
    'appointments-missed',
  ],
  wait: [
    'average-wait',
    'longest-wait',
    'over-15-minutes-rate',
    'over-20-minutes-rate',
    'over-30-minutes-rate',
  ],
  service: [
    'legs-done',
    'average-service-time',
    'longest-service-time',
    'walk-in-rate',
    'transfers',
    'parkings',
    'finishes-taken-back',
    'calls-by-choice',
  ],
  lost: ['no-show-rate', 'abandonment-rate'],
  rating: ['rating-participation', 'satisfaction', 'dissatisfaction', 'prompt-rate', 'keypad-absent'],
} as const satisfies Record<string, readonly Kpi[]>;
