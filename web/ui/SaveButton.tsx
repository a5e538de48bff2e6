// A button that fetches a file and saves it; says so when that is refused.

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Operation } from '#http/contract.ts';
import type { ApiProblem, Input } from '../lib/api.ts';
import { saveFile } from '../lib/file.ts';
import { useTenant } from '../lib/tenant.ts';

export function SaveButton<O extends Operation>({
  label,
  operation,
  input,
  before,
  of,
  size = 'sm',
}: {
  readonly label: string;
  /** Which of several files, for who does not see where the button stands. */
  readonly of?: string;
  readonly size?: 'xs' | 'sm';
  readonly operation: O;
  readonly input: Input<O>;
  /** What is done before the file is fetched; where it fails, the file is not. */
  readonly before?: () => Promise<unknown>;
}) {
  const tenant = useTenant();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    const saved = async () => {
      await before?.();
      await saveFile(operation, input, tenant);
    };
    await saved().catch((problem: ApiProblem) =>
      notifications.show({ color: 'red', message: problem.message }),
    );
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      size={size}
      {...(of === undefined ? {} : { 'aria-label': `${label}: ${of}` })}
      loading={busy}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => void save()}
    >
      {label}
    </Button>
  );
}
