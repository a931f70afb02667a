/// What was spent of budgets that instances share.
///
/// Read [RedisBudgets] and `redis/budget_spend.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.budget;

import org.jspecify.annotations.NullMarked;
