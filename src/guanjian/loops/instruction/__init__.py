"""How does a suspicion reach the examination? Draft, two signatures, signed for in ten minutes, hit, examined, lifted, judged."""
