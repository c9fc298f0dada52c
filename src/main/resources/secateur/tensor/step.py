# One token through a block of LLaMA's form in one call: a single token is bound by calls and launches. The residual stream is float32;
# what layers read, keys and values have the type of R.

# the matrix (D, D) that turns a head as nn.py's rotate does, x R for x (…, D), by cos and sin (1, r), r <= D; type as like
def rotation(self: __torch__.Ops,
  cos: Tensor,
  sin: Tensor,
  like: Tensor) -> Tensor:
  r = torch.size(cos, 1)
  h = torch.floordiv(r, 2)
  rest = torch.sub(torch.size(like, 0), r)
  one = torch.diag(torch.ones_like(torch.select(cos, 0, 0)))
  signed = torch.cat([torch.neg(torch.slice(sin, 1, 0, h)), torch.slice(sin, 1, h)], 1)
  turned = torch.add(torch.mul(one, cos), torch.mul(torch.roll(one, [h], [1]), signed))
  still = torch.diag(torch.constant_pad_nd(torch.zeros_like(torch.select(cos, 0, 0)), [0, rest], 1))
  return torch.to(torch.add(torch.constant_pad_nd(turned, [0, rest, 0, rest]), still), like)

# like, for rotation: (D), bfloat16
def bfloat16_like(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.to(x, 15)

# x W' + b (B, out) for x (B, in), in its type where there are codes; w (out, in) with s empty, or codes and scales as weight_only_cuda.py and weight_only_cpu.py have them; b may be empty
def product(self: __torch__.Ops,
  x: Tensor,
  w: Tensor,
  s: Tensor,
  b: Tensor) -> Tensor:
  if torch.eq(torch.numel(s), 0):
    y = torch.linear(torch.to(x, w), w)
  else:
    n = torch.floordiv(torch.size(x, 1), torch.size(s, 0))
    if torch.eq(torch.dim(w), 4):
      z = torch._weight_int4pack_mm(torch.to(x, 15), w, n, torch.flatten(s, 1, -2))
    else:
      z = torch._weight_int4pack_mm_for_cpu(torch.to(x, 15), w, n, torch.flatten(s, 1, -2))
    if torch.eq(torch.dim(s), 4):
      y = torch.sum(torch.view(z, [torch.size(z, 0), 2, -1]), [1], False, dtype=ops.prim.dtype(x))
    else:
      y = torch.to(z, x)
  if torch.gt(torch.numel(b), 0):
    out = torch.add(y, b)
  else:
    out = y
  return out

# x (B, 1, hidden), K0 and V0 (B, K, S, D): the stream after the block, and keys and values with this token's
def llama(self: __torch__.Ops,
  x: Tensor,
  n1: Tensor,
  wq: Tensor,
  sq: Tensor,
  bq: Tensor,
  wk: Tensor,
  sk: Tensor,
  bk: Tensor,
  wv: Tensor,
  sv: Tensor,
  bv: Tensor,
  wo: Tensor,
  so: Tensor,
  bo: Tensor,
  n2: Tensor,
  wg: Tensor,
  sg: Tensor,
  bg: Tensor,
  wu: Tensor,
  su: Tensor,
  bu: Tensor,
  wd: Tensor,
  sd: Tensor,
  bd: Tensor,
  R: Tensor,
  eps: Tensor,
  K0: Tensor,
  V0: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  B = torch.size(x, 0)
  C = torch.size(x, 2)
  G = torch.size(K0, 1)
  D = torch.size(R, 0)
  e = float(eps)
  y = torch.view(torch.to(x, 6), [B, C])
  h = torch.to(torch.rms_norm(y, [C], n1, e), R)
  q = torch.matmul(torch.to(torch.view((self).product(h, wq, sq, bq, ), [B, G, -1, D]), R), R)
  k = torch.matmul(torch.to(torch.view((self).product(h, wk, sk, bk, ), [B, G, 1, D]), R), R)
  v = torch.to(torch.view((self).product(h, wv, sv, bv, ), [B, G, 1, D]), R)
  K = torch.cat([torch.to(K0, R), k], 2)
  V = torch.cat([torch.to(V0, R), v], 2)
  o = torch.reshape(torch.scaled_dot_product_attention(q, K, V), [B, -1])
  y2 = torch.add(y, (self).product(o, wo, so, bo, ))
  h2 = torch.to(torch.rms_norm(y2, [C], n2, e), R)
  z = torch.mul(torch.silu((self).product(h2, wg, sg, bg, )), (self).product(h2, wu, su, bu, ))
  return (torch.view(torch.add(y2, (self).product(z, wd, sd, bd, )), [B, 1, C]), K, V)
