// A page that can be gone to from the menu.

import type { ComponentType } from 'react';

export type Place = {
  readonly path: string;
  readonly label: string;
  /** Keys pressed one after the other, such as `g r`. */
  readonly keys: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly permission: string;
};
