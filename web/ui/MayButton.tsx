// A button for what the server says one may or may not do. Not for one's role: it is not there. Not now: it stands there,
// cannot be pressed and says why, on hover and when the keyboard reaches it.

import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Operation } from '#http/contract.ts';

type MayButtonProps = Pick<
  ButtonProps,
  'size' | 'variant' | 'leftSection' | 'loading' | 'disabled' | 'color'
> & {
  /** `true`, or the code of the reason why not. */
  readonly may: true | string;
  /** What the button does; its refusals say the reason in words. */
  readonly operation: Operation;
  readonly children: ReactNode;
  onClick(): void;
};

export function MayButton({ may, operation, children, onClick, ...look }: MayButtonProps) {
  if (may === 'not_permitted') return null;
  if (may === true) {
    return (
      <Button {...look} onClick={onClick}>
        {children}
      </Button>
    );
  }
  const reason = operation.refusals[may]?.[1] ?? may.replaceAll('_', ' ');
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button {...look} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
