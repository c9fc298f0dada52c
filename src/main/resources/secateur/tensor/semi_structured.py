# Products with 2:4 weights through cuSPARSELt, float16 on a GPU.

# w (out, in), both multiples of 16: its values and their places in an order of the library's own, (9 / 16 out in)
def compress(self: __torch__.Ops,
  w: Tensor) -> Tensor:
  return torch._cslt_compress(torch.contiguous(w))

# x (N, in), padded to a multiple of 8 rows
def padded(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  missing = torch.remainder(torch.neg(torch.size(x, 0)), 8)
  if torch.gt(missing, 0):
    y = torch.constant_pad_nd(x, [0, 0, 0, missing])
  else:
    y = torch.contiguous(x)
  return y

# x W', (N, out)
def product(self: __torch__.Ops,
  w: Tensor,
  x: Tensor) -> Tensor:
  y = torch._cslt_sparse_mm(w, torch.t((self).padded(x, )), None, None, None, True)
  return torch.slice(y, 0, 0, torch.size(x, 0))

# x W' + b, (N, out)
def product_biased(self: __torch__.Ops,
  w: Tensor,
  x: Tensor,
  b: Tensor) -> Tensor:
  y = torch._cslt_sparse_mm(w, torch.t((self).padded(x, )), b, None, None, True)
  return torch.slice(y, 0, 0, torch.size(x, 0))
