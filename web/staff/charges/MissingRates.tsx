// The notice that a reference rate is needed and nobody stated it: at the turn of each half-year.

import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { readChargeSettings } from '#charges/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';

export function MissingRates({ companyId, onRecord }: { readonly companyId: string; onRecord(): void }) {
  const read = useRead(readChargeSettings, { query: { companyId } }, { enabled: companyId !== '' });
  const missing = read.data?.missingRates ?? [];
  if (missing.length === 0) return null;
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title="A reference rate is missing"
    >
      <Group justify="space-between" align="flex-end">
        <Text size="sm" style={{ flex: '1 1 260px' }}>
          {missing.map((rate) => `${rate.name} of ${dayWords(rate.on)}`).join('; ')}. Until it is recorded,
          days that need it are not charged.
        </Text>
        <Button variant="default" size="xs" onClick={onRecord}>
          Record it
        </Button>
      </Group>
    </Alert>
  );
}
