/**
 * The help, in English.
 *
 * The rule this module protects: *one page answers one worry*, the same ones as in Bahasa Indonesia.
 */
import type { Article } from './help_id'

export const helpEn: Article[] = [
  {
    name: 'hari-pertama',
    art: 'rest',
    title: 'The first day',
    lead: 'To be done once; then you are ready to work.',
    steps: [
      'Enter the code of your PLKB, or scan the QR code. This needs signal.',
      'Make a 6-digit PIN. Remember it, do not write it on the phone.',
      "Wait until the village's data have arrived. After that, noting needs no signal.",
      'Install Lumbung on the home screen, so that its data are protected.',
      'Try things in practice mode first, under More.',
    ],
  },
  {
    name: 'kunjungan',
    art: 'family',
    title: 'Noting a visit',
    lead: 'The list under Today shows who is waiting.',
    steps: [
      'Tap a name under Today, then tap Note a visit.',
      'Measure first, then type. A point or a comma is fine, as in 8.05.',
      'When Lumbung asks about a number, measure once more.',
      'Advice appears on the screen. The sentence for the mother can be read aloud.',
      'Tap Save. The note is safe, even without signal.',
    ],
    end: 'Interrupted? What is not finished waits under Today.',
  },
  {
    name: 'pengiriman',
    art: 'letter',
    title: 'Sending',
    lead: 'The line at the top of the screen always tells the truth.',
    steps: [
      'Green: all that is saved was received by the office.',
      'Yellow: something is not sent yet. It is safe on this phone.',
      'Signal? Lumbung sends by itself. You can also tap Send now.',
      'No signal for long? Save a backup file and give it to a colleague who goes to town.',
    ],
    end: 'The backup file is locked. Whoever carries it cannot read it.',
  },
  {
    name: 'lupa-pin',
    art: 'door',
    title: 'Forgotten PIN',
    lead: 'Your notes are not lost.',
    steps: [
      'On the PIN screen, tap Forgot your PIN?',
      'Call your PLKB and ask for a new code.',
      'Enter the code where there is signal, then make a new PIN.',
    ],
    end: "After five wrong tries Lumbung asks you to wait. That guards the families' data.",
  },
  {
    name: 'hp-hilang',
    art: 'search',
    title: 'Phone lost or broken',
    lead: 'Tell your PLKB at once. What the office received is safe.',
    steps: [
      'Call the PLKB. The old phone will be withdrawn.',
      'Ask for a code for a new phone and enrol it as on the first day.',
      "Do you have a backup file? Open Sending, then tap Deliver a colleague's file.",
    ],
    end: 'Whoever finds the phone cannot open the data without your PIN.',
  },
  {
    name: 'beda-catatan',
    art: 'book',
    title: 'Two notes differ',
    lead: 'Two volunteers may see different things. That is normal, and nobody is wrong.',
    steps: [
      'Both notes are kept. Nothing is overwritten.',
      'The note is marked Needs a look.',
      'The PLKB sees both and decides, sometimes after another visit.',
      'The decision appears on the Sending page.',
    ],
  },
  {
    name: 'rahasia',
    art: 'barn',
    title: "Keeping the families' secrets",
    lead: 'Families trust you with their story.',
    steps: [
      'Ask for consent before noting, and explain what for.',
      'Lock Lumbung before lending the phone.',
      'Take no pictures of the screen and send no names in messages.',
      'A family may refuse or withdraw consent at any time.',
    ],
  },
]
