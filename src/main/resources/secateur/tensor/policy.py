# What a policy gradient makes small.

# log probabilities of what was drawn, now and where it was drawn from, and advantages, of one shape: for each, minus the smaller of
# r a and clip(r) a, r = exp(now - then) (Schulman et al., 1707.06347, equation 7)
def surrogate(self: __torch__.Ops,
  now: Tensor,
  then: Tensor,
  advantages: Tensor,
  clip: Tensor) -> Tensor:
  c = float(clip)
  r = torch.exp(torch.sub(now, then))
  inside = torch.clamp(r, torch.sub(1., c), torch.add(1., c))
  return torch.neg(torch.minimum(torch.mul(r, advantages), torch.mul(inside, advantages)))
