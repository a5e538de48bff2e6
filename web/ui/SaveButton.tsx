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
}: {
  readonly label: string;
  readonly operation: O;
  readonly input: Input<O>;
}) {
  const tenant = useTenant();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await saveFile(operation, input, tenant).catch((problem: ApiProblem) =>
      notifications.show({ color: 'red', message: problem.message }),
    );
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => void save()}
    >
      {label}
    </Button>
  );
}
