# One step of an optimizer, in place; settings are float64 on the host, tensors float32.

# adds the sum of squares of g to total (1)
def add_square(self: __torch__.Ops,
  total: Tensor,
  g: Tensor) -> Tensor:
  return torch.add_(total, torch.sum(torch.square(g)))

# AdamW with bias correction and decoupled decay (Loshchilov and Hutter, 1711.05101, algorithm 2). g is scaled so that the
# norm of all gradients, whose square is total, does not exceed clip; afterwards it is zero.
# s: rate, beta1, beta2, eps, decay, clip, step from 1
def adamw(self: __torch__.Ops,
  p: Tensor,
  g: Tensor,
  m: Tensor,
  v: Tensor,
  total: Tensor,
  s: Tensor) -> Tensor:
  rate = float(torch.select(s, 0, 0))
  beta1 = float(torch.select(s, 0, 1))
  beta2 = float(torch.select(s, 0, 2))
  step = float(torch.select(s, 0, 6))
  scale = torch.clamp(torch.div(float(torch.select(s, 0, 5)), torch.add(torch.sqrt(total), 9.9999999999999995e-07)), None, 1)
  h = torch.mul(g, scale)
  _0 = torch.lerp_(m, h, torch.sub(1., beta1))
  _1 = torch.addcmul_(torch.mul_(v, beta2), h, h, value=torch.sub(1., beta2))
  c1 = torch.sub(1., torch.pow(beta1, step))
  c2 = torch.sub(1., torch.pow(beta2, step))
  d = torch.add(torch.div(torch.sqrt(v), torch.sqrt(c2)), float(torch.select(s, 0, 3)))
  _2 = torch.mul_(p, torch.sub(1., torch.mul(rate, float(torch.select(s, 0, 4)))))
  _3 = torch.addcdiv_(p, m, d, value=torch.neg(torch.div(rate, c1)))
  return torch.zero_(g)

def overwrite(self: __torch__.Ops,
  target: Tensor,
  source: Tensor) -> Tensor:
  return torch.copy_(target, source)

def clear(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.zero_(x)
