package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShardPlanTest {
  @Test
  void shardsCoverTheBatchInOrder() {
    for (int batch = 1; batch <= 600; batch++) {
      ShardPlan plan = ShardPlan.of(batch);
      int next = 0;
      for (int shard = 0; shard < plan.shards(); shard++) {
        assertEquals(next, plan.start(shard));
        assertTrue(plan.rows(shard) > 0);
        next += plan.rows(shard);
      }
      assertEquals(batch, next);
    }
  }

  @Test
  void theArticlesBatchKeepsTwoCoresBusy() {
    assertEquals(new ShardPlan(32, 2), ShardPlan.of(32));
    assertEquals(new ShardPlan(8, 1), ShardPlan.of(8));
    assertEquals(new ShardPlan(1000, 8), ShardPlan.of(1000));
  }
}
