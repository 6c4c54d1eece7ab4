import { chooseDays } from './days.ts';
import { keepCurrent } from './live.ts';
import { markCurrentSlots } from './slots.ts';

document.documentElement.classList.add('js');
chooseDays();
markCurrentSlots();
setInterval(markCurrentSlots, 30_000);
keepCurrent(() => {
  chooseDays();
  markCurrentSlots();
});
