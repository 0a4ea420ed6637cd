import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activity, durationWords } from '#workspace/aids/activity.mjs';

function sitting(before = 0) {
  const clock = { now: 0 };
  const told = [];
  const activity = new Activity({ tell: (seconds, leaving) => told.push([seconds, leaving]), now: () => clock.now, before });
  return { activity, told, at: (seconds) => (clock.now = seconds * 1000) };
}

test('time counts while somebody does something, and a minute after', () => {
  const { activity, at } = sitting();

  for (const second of [10, 50, 100]) {
    at(second);
    activity.touch();
  }
  at(400); // five minutes of nothing
  activity.count();

  assert.equal(activity.seconds, 160);
});

test('after a pause, time counts again from the moment somebody is back', () => {
  const { activity, at } = sitting(600);

  at(300);
  activity.touch();
  at(320);
  activity.count();

  assert.deepEqual([activity.seconds, activity.total], [80, 680]);
});

test('time behind another window does not count', () => {
  const { activity, at } = sitting();

  at(20);
  activity.count({ visible: true });
  at(50);
  activity.count({ visible: false });

  assert.equal(activity.seconds, 20);
});

test('the server is told a growing total, at most every half minute, and at the end', () => {
  const { activity, told, at } = sitting();

  for (const second of [5, 20, 31, 40]) {
    at(second);
    activity.touch();
  }
  activity.send(true);
  activity.send(true);

  assert.deepEqual(told, [[31, false], [40, true]]);
});

test('durations are said as people say them', () => {
  assert.deepEqual([20, 60, 3_540, 3_900].map(durationWords), ['under a minute', '1 min', '59 min', '1 h 05 min']);
});
