// A secret that is shown this once: to be copied now.

import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';

export function SecretShown({
  label,
  secret,
  says,
}: {
  readonly label: string;
  readonly secret: string;
  readonly says: string;
}) {
  return (
    <Alert color="yellow" icon={<IconKey aria-hidden />} title="Shown only now">
      <Stack gap="xs">
        <Text size="sm">{says}</Text>
        <Group gap="xs" align="flex-end">
          <TextInput
            label={label}
            value={secret}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
            style={{ flex: '1 1 200px' }}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={
                  copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                }
                onClick={copy}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}
