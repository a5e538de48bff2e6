// The buttons at the end of a large form in a dialog.

import { Button, Group } from '@mantine/core';

export function SaveButtons({
  label,
  busy,
  onCancel,
}: {
  readonly label: string;
  readonly busy: boolean;
  onCancel(): void;
}) {
  return (
    <Group justify="flex-end" mt="md">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </Group>
  );
}
