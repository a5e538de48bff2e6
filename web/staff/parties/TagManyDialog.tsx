// Tagging many customers at once, by a list of their numbers as a spreadsheet has it.

import { TagsInput, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { changeTags, listTags } from '#tags/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

/** Numbers out of pasted text: one in each line, or between commas, semicolons and tabs. */
const numbersIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n\r\t,;]+/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];

export function TagManyDialog({ onClose }: { onClose(): void }) {
  const change = useCommand(changeTags);
  const known = (useRead(listTags).data?.rows ?? []).map(({ tag }) => tag);
  const [text, setText] = useState('');
  const [add, setAdd] = useState<string[]>([]);
  const [take, setTake] = useState<string[]>([]);
  const numbers = numbersIn(text);
  const unknown = change.error?.facts.unknown;
  const submit = (): void =>
    change.mutate(
      { body: { customerNumbers: [...numbers], add, take } },
      {
        onSuccess: ({ changed }) => {
          notifications.show({ message: `${countText(changed)} customers have other tags now.` });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="Tag many customers"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={numbers.length === 0 ? 'Tag' : `Tag ${countText(numbers.length)}`}
      busy={change.isPending}
      problem={change.error}
    >
      {Array.isArray(unknown) ? (
        <Text size="sm" c="red">
          Nobody has: {unknown.map(String).join(', ')}
        </Text>
      ) : null}
      <Textarea
        label="Customer numbers"
        description="One in each line; paste a column of a spreadsheet."
        required
        autosize
        minRows={4}
        maxRows={12}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TagsInput label="Add" data={known} value={add} onChange={setAdd} />
      <TagsInput label="Take away" data={known} value={take} onChange={setTake} />
    </FormDialog>
  );
}
